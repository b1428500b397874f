"""An expression to a function, once for each version of a form."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from wangge.domains.asking.xpath.functions import FUNCTIONS
from wangge.domains.asking.xpath.kinds import Kind, Moment
from wangge.domains.asking.xpath.operators import operation
from wangge.domains.asking.xpath.parsing import Call, Here, Node, Number, Operation, Path, Text, parse
from wangge.domains.asking.xpath.pieces import Piece, answer, as_condition, as_text, number, text
from wangge.domains.asking.xpath.refusals import Refused


@dataclass(frozen=True, slots=True)
class Names:
    """What an expression can refer to: the paths of the questions by name and what each holds.

    ``here``: the question whose cell it stands in, '' for a group's. ``above``: the groups around it. ``column``: what
    the expression decides; only a constraint may look at the answer at hand.
    """

    root: str
    paths: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, Kind]
    here: str = ""
    above: tuple[str, ...] = ()
    column: str = "constraint"

    def find(self, path: Path) -> str:
        """The name of the question that a path leads to. Raises Refused."""
        name = path.steps[-1]
        if path.up < 0:
            whole: tuple[str, ...] = self.paths.get(name, ())
        elif path.absolute:
            whole = path.steps[1:] if path.steps[0] == self.root else ()
        else:
            whole = self._relative(path)
        if not whole or self.paths.get(name) != whole:
            raise Refused("xpath_no_such_question", path.at, name="/".join(path.steps))
        return name

    def _relative(self, path: Path) -> tuple[str, ...]:
        base = (*self.above, self.here) if self.here else self.above
        if not 0 < path.up <= len(base):
            return ()
        return (*base[: len(base) - path.up], *path.steps)


@dataclass(frozen=True, slots=True)
class Compiled:
    """``test`` or ``say``, as it was asked for; ``reads`` names the questions whose answers it looks at."""

    kind: Kind
    reads: Set[str]
    test: Callable[[Moment], bool] | None = None
    say: Callable[[Moment], str] | None = None


@dataclass(slots=True)
class _Compiler:
    names: Names
    reads: set[str] = field(default_factory=set)

    def piece(self, node: Node) -> Piece:
        match node:
            case Number(value, at):
                return number(at, lambda m: value)
            case Text(written, at):
                return text(at, lambda m: written, written)
            case Here(at):
                return self.here(at)
            case Path():
                return self.other(node)
            case Call():
                return self.call(node)
            case Operation(sign, parts, at):
                return operation(sign, [self.piece(part) for part in parts], at)

    def here(self, at: int) -> Piece:
        if not self.names.here or self.names.column != "constraint":
            raise Refused("xpath_no_answer_here", at)
        return answer(at, self.names.kinds[self.names.here], lambda m: m.here)

    def other(self, path: Path) -> Piece:
        name = self.names.find(path)
        self.reads.add(name)
        return answer(path.at, self.names.kinds[name], lambda m: m.texts[name])

    def call(self, call: Call) -> Piece:
        if call.name not in FUNCTIONS:
            raise Refused("xpath_no_such_function", call.at, name=call.name)
        least, most, build = FUNCTIONS[call.name]
        if not least <= len(call.arguments) <= most:
            raise Refused("xpath_arguments", call.at, name=call.name, least=least, most=most)
        if call.name == "once" and self.names.column != "calculation":
            raise Refused("xpath_once_elsewhere", call.at)
        return build(call.at, [self.piece(argument) for argument in call.arguments])


def compile_xpath(source: str, names: Names, *, condition: bool) -> Compiled:
    """Compile a condition, or what writes a value. Raises Refused for anything outside the subset."""
    compiler = _Compiler(names)
    piece = compiler.piece(parse(source))
    if condition:
        return Compiled(piece.kind, frozenset(compiler.reads), test=as_condition(piece))
    return Compiled(piece.kind, frozenset(compiler.reads), say=as_text(piece))


def reads_of(source: str, names: Names) -> Set[str]:
    """The questions an expression refers to, whatever they hold. Raises Refused where it cannot be read."""
    found: set[str] = set()
    waiting = [parse(source)]
    while waiting:
        match waiting.pop():
            case Path() as path:
                found.add(names.find(path))
            case Call(_, parts, _) | Operation(_, parts, _):
                waiting.extend(parts)
    return found
