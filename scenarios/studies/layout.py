"""Layout of a study: settings checked and identified as points, grouped by what may be simulated together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.config import options as config_options
from scenarios.config.choices import choices
from scenarios.config.request import Request, request, under, values_given
from scenarios.config.user_inputs import STATES, Own
from scenarios.errors import RequestError
from scenarios.evidence.cancelling import check_values
from scenarios.evidence.theories import labels
from scenarios.simulation.batch import Variant, shape
from scenarios.store.identity import digest_of, join_digests, part_of_scenario, parts, plain
from scenarios.studies.design import Settings
from scenarios.studies.levels import WHOLE, level_text

MOST_CELLS = 64  # cached

MOST_SHOWN = 300  # characters of a point's settings in a message

OF_SCENARIO = ("scenario", "levers.")  # factors


@dataclass(frozen=True)
class Point:
    """Design point; its identifier is that of a run of it alone."""

    number: int
    id: str
    settings: Settings
    variant: Variant
    kind: str  # of points that may be simulated together
    scenario: str


@dataclass(frozen=True)
class Layout:
    """Points of a study, and for every kind of point a representative request."""

    points: tuple[Point, ...]
    requests: Mapping[str, Request]
    options: "Options"  # that the points use
    brought: tuple[Own, ...]  # the user's own files and values

    def request(self, point: Point) -> Request:
        """Representative request of a point's kind; policy and given values are in the point."""
        return self.requests[point.kind]

    def alone(self, point: Point) -> Request:
        """Request of a point by itself."""
        shared = self.request(point)
        scenario = replace(shared.scenario, name=point.scenario, policy=point.variant.policy)
        return replace(shared, scenario=scenario, given=point.variant.given)

    def theories(self, point: Point) -> tuple[str, ...]:
        """Names of the theories under which a point is run."""
        return labels(self.request(point).strata)

    @property
    def own(self) -> list[dict[str, Any]]:
        """The user's own files and values that differ from those shipped, as in a manifest."""
        changed = (own for own in self.brought if own.changed)
        return [*{(own.kind, own.file, own.beside, own.digest): asdict(own) for own in changed}.values()]

    @property
    def distinct(self) -> tuple[Point, ...]:
        """Distinct points; a design may contain a point twice."""
        return tuple({point.id: point for point in reversed(self.points)}.values())[::-1]


class Options:
    """Options of the configuration groups by name, as stored with a study or as configured now."""

    def __init__(self, kept: Mapping[str, Mapping[str, Any]] | None = None, extra: Path | None = None) -> None:
        self.extra = extra
        self.used: dict[str, dict[str, Any]] = {group: dict(nodes) for group, nodes in (kept or {}).items()}

    def node(self, group: str, name: str) -> Any:
        """Configuration node of a name in a group."""
        nodes = self.used.setdefault(group, {})
        if name not in nodes:
            nodes[name] = self._lookup(group, name)
        return deepcopy(nodes[name])

    def _lookup(self, group: str, name: str) -> Any:
        if group == "scenario":
            return config_options.scenario(name, self.extra)
        if group == "start":
            if not name.endswith((".yaml", ".yml")):
                return {"name": name}
            file = config_options.file_named(resources.given(name))
            return {"name": config_options.composed_form(file.stem), "file": str(file.resolve())}
        return name if group == "loop" else config_options.option(group, name, self.extra)


@dataclass(frozen=True)
class Cell:
    """Points that differ only in given values."""

    request: Request
    digests: Mapping[str, str]

    def under(self, scenario: Any) -> "Cell":
        """Cell that differs only in the scenario, as written."""
        changed = under(self.request, scenario)
        return Cell(changed, {**self.digests, "scenario": digest_of(part_of_scenario(changed.scenario))})

    def point(self, number: int, settings: Settings) -> Point:
        """Point of the cell with some settings."""
        written = {name.partition(".")[2]: value for name, value in settings.items() if name.startswith("parameters.")}
        given = {**self.request.given, **values_given(written, self.request.beliefs)}
        check_values(given, self.request.strata)
        variant = Variant(self.request.scenario.policy, given)
        name = join_digests({**self.digests, "given": digest_of(given)})
        return Point(number, name, settings, variant, self.kind(variant), self.request.scenario.name)

    def kind(self, variant: Variant) -> str:
        """Digest of what points share that are simulated together."""
        shared = {name: digest for name, digest in self.digests.items() if name not in ("scenario", "given")}
        policy, given = shape(variant)
        return digest_of([shared, plain(self.request.scenario.shocks), plain(policy), given])


def laid_out(points: Sequence[Settings], base: Mapping[str, Any], options: Options) -> Layout:
    """Check and identify every point; `base` is the configuration of all that no factor sets."""
    cells = Cells(base, options)
    laid: list[Point] = []
    requests: dict[str, Request] = {}
    brought: dict[tuple[str, ...], tuple[Own, ...]] = {}
    for number, settings in enumerate(points):
        with _named(number, settings):
            cell = cells.of(settings)
            laid.append(cell.point(number, settings))
            named = {name: value for name, value in settings.items() if name in WHOLE}
            if (key := tuple(map(str, named.values()))) not in brought:
                brought[key] = own_of(cell.request, configured(named, base, options))
        requests.setdefault(laid[-1].kind, cell.request)
    return Layout(tuple(laid), requests, options, tuple(own for owns in brought.values() for own in owns))


def own_of(request: Request, config: Mapping[str, Any]) -> tuple[Own, ...]:
    """The user's own files and values apart from factors, which are in the design."""
    states = (own for own in request.own if own.kind in STATES)
    return (*states, *choices(config["scenario"], config["world"], request.date, request.beliefs))


@dataclass
class Cells:
    """Cache of cells by settings, so that what several points share is checked once."""

    base: Mapping[str, Any]
    options: Options
    cells: dict[str, Cell] = field(default_factory=dict)

    def of(self, settings: Settings) -> Cell:
        """Cell of a point."""
        outside = {name: value for name, value in settings.items() if not name.startswith("parameters.")}
        ground = {name: value for name, value in outside.items() if not name.startswith(OF_SCENARIO)}
        return self._kept(outside, lambda: self._built(outside, ground))

    def _built(self, outside: Settings, ground: Settings) -> Cell:
        config = configured(outside, self.base, self.options)
        cell = self._kept(ground, lambda: _cell(config))
        return cell if len(ground) == len(outside) else cell.under(config.get("scenario"))

    def _kept(self, settings: Settings, make: Callable[[], Cell]) -> Cell:
        key = digest_of(plain(settings))
        if key not in self.cells:
            cell = make()
            self.cells = {**(self.cells if len(self.cells) < MOST_CELLS else {}), key: cell}
        return self.cells[key]


def _cell(config: Mapping[str, Any]) -> Cell:
    checked = request(config)
    return Cell(checked, parts(checked))


def configured(settings: Settings, base: Mapping[str, Any], options: Options) -> dict[str, Any]:
    """Configuration of a point: options by name first, then single keys."""
    config = deepcopy(dict(base))
    for name in WHOLE:
        if name in settings:
            config[name] = options.node(name, str(settings[name]))
    for name, value in settings.items():
        if name not in WHOLE and not name.startswith("parameters."):
            set_key(config, f"scenario.{name}" if name.startswith("levers.") else name, value)
    return config


def set_key(config: dict[str, Any], key: str, value: Any) -> None:
    """Set one key at any depth; a lever of more than one number is replaced whole."""
    set_at(config, key.split("."), value)


def set_at(config: dict[str, Any], place: Sequence[str], value: Any) -> None:
    """Set the value at a path of keys."""
    *above, last = place
    node: Any = config
    for depth, name in enumerate(above, start=1):
        if not isinstance(node, dict) or not isinstance(node.setdefault(name, {}), dict):
            raise RequestError(
                f"{'.'.join(place)}: {'.'.join(above[:depth])} is no mapping in which a key could be set."
            )
        node = node[name]
    node[last] = value


@contextmanager
def _named(number: int, settings: Settings) -> Iterator[None]:
    """Add the point to an error."""
    try:
        yield
    except RequestError as error:
        text = ", ".join(f"{name}={level_text(value)}" for name, value in settings.items())
        text = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."
        raise RequestError(f"point {number} ({text}): {error}") from error
