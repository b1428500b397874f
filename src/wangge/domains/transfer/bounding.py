"""What no plan can cost less than: first without whole numbers, then by a search of its own, beside the planning."""

from threading import Thread
from types import TracebackType
from typing import Any, Self

from wangge.domains.transfer.modelling import buses, grouped, hotels, routes
from wangge.domains.transfer.rules import Problem


class _WithHalves:
    """A linear model in which half a bus may run."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def new_int_var(self, least: int, most: int, name: str) -> Any:
        return self._model.new_num_var(least, most, name)

    def add(self, constraint: Any) -> None:
        self._model.add(constraint)

    def minimize(self, whole: Any) -> None:
        self._model.minimize(whole)


class Bound:
    """``value``: the best bound so far, in minutes of vehicles; 0 before there is one. Ends with its block.

    The seats are those of the largest vehicle: so it holds for every plan of the fleet, also one made by hand.
    """

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.value = 0
        self._problem, self._seconds = problem, seconds
        self._solver: Any = None
        self._over = False
        self._thread = Thread(target=self._search, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        if self._solver is not None:
            self._solver.stop_search()
        self._thread.join(timeout=2)

    def _search(self) -> None:
        self._linear()
        if not self._over:
            self._whole()

    def _linear(self) -> None:
        from ortools.linear_solver.python import model_builder

        model = model_builder.Model()  # type: ignore[no-untyped-call]  # its own words have no types
        self._modelled(_WithHalves(model))
        solver = model_builder.Solver("GLOP")
        solver.set_time_limit_in_seconds(self._seconds)
        if solver.solve(model) == model_builder.SolveStatus.OPTIMAL:
            self._better(solver.objective_value)

    def _whole(self) -> None:
        """One worker that does nothing but raise the bound."""
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        self._modelled(model)
        self._solver = solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = self._seconds
        solver.parameters.num_workers = 1
        solver.parameters.subsolvers.append("lb_tree_search")
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2  # the bound comes from the linear relaxation
        solver.best_bound_callback = self._better
        solver.solve(model)
        self._better(solver.best_objective_bound)

    def _modelled(self, model: Any) -> None:
        ways, groups = routes(self._problem), grouped(self._problem)
        seats = max(one.seats for one in self._problem.vehicles)
        running = buses(model, ways, hotels(model, self._problem, groups), groups, seats)
        model.minimize(sum(way.cost * running[at] for at, way in enumerate(ways)))

    def _better(self, bound: float) -> None:
        """Costs are whole minutes: a bound of 10.2 is one of 11; the solver's own rounding is let go."""
        self.value = max(self.value, -(-round(bound * 1000 - 1) // 1000))
