// Days and months as the browser itself writes them in the page's language, for PrimeVue's calendar.
import { word } from "./page.js";

const WORDS = {
  chooseYear: "Choose a year",
  chooseMonth: "Choose a month",
  chooseDate: "Choose a day",
  prevDecade: "Ten years back",
  nextDecade: "Ten years on",
  prevYear: "A year back",
  nextYear: "A year on",
  prevMonth: "A month back",
  nextMonth: "A month on",
  today: "Today",
  clear: "Clear",
  emptyMessage: "Nothing to choose from",
  emptyFilterMessage: "Nothing found",
  emptySearchMessage: "Nothing found",
  emptySelectionMessage: "Nothing chosen",
};

function names(language, options, dates) {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  return dates.map((date) => format.format(date));
}

export function calendar(before, language) {
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2023, 0, 1 + day))); // 2023 began on a Sunday
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2023, month, 1)));
  const said = Object.fromEntries(Object.entries(WORDS).map(([name, english]) => [name, word(english)]));
  return {
    ...before,
    ...said,
    dayNames: names(language, { weekday: "long" }, days),
    dayNamesShort: names(language, { weekday: "short" }, days),
    dayNamesMin: names(language, { weekday: "narrow" }, days),
    monthNames: names(language, { month: "long" }, months),
    monthNamesShort: names(language, { month: "short" }, months),
    firstDayOfWeek: 1,
    showMonthAfterYear: true,
    dateFormat: "yy-mm-dd",
    aria: { ...before.aria, close: word("Close"), selectAll: word("All chosen"), unselectAll: word("None chosen") },
  };
}
