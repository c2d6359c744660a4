"""Puts a fault into the modules that are loaded, so that nothing is imported anew."""

import importlib
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

from mutation.operators import EVERY, Mutant


def _module(fault: Mutant) -> ModuleType:
    name = fault.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    return importlib.import_module(name)


def function_of(fault: Mutant) -> FunctionType | None:
    """The function that holds the fault, out of its wrappers; None outside of functions."""
    found: object = _module(fault)
    if fault.function == EVERY:
        return None
    for part in filter(None, fault.function.split(".")):
        found = _unwrapped(vars(found).get(part))
    return found if isinstance(found, FunctionType) else None


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """Those that its text defines."""
    own = [each for each in vars(module).values() if _is_of(each, module)]
    for each in own + [
        part for kind in own if isinstance(kind, type) for part in vars(kind).values()
    ]:
        inner = _unwrapped(each)
        if isinstance(inner, FunctionType) and inner.__code__.co_filename == module.__file__:
            yield inner


def _is_of(each: object, module: ModuleType) -> bool:
    return getattr(each, "__module__", None) == module.__name__


def _unwrapped(found: object) -> object:
    for inner in ("__func__", "fget", "func", "__wrapped__"):
        found = getattr(found, inner, None) or found
    return found


def exchange(fault: Mutant) -> None:
    """Put the fault into the modules that are loaded.

    Outside of functions, defaults and constants are exchanged wherever they were imported to. What
    was made of them meanwhile stays: who survives this is tried again from the beginning.
    """
    old = _module(fault)
    if fault.function == EVERY:
        for function in _functions(old):
            function.__code__ = _code(fault.code, function.__qualname__)
        return
    function = function_of(fault)
    if function is not None:
        function.__code__ = _code(fault.code, fault.function)
        return
    new = ModuleType(old.__name__)
    exec(fault.code, vars(new))
    for name, value in vars(new).items():
        before = vars(old).get(name)
        if isinstance(value, FunctionType):
            _take_defaults(_unwrapped(before), value)
        elif isinstance(value, type) and value.__module__ == old.__name__:
            for part, each in vars(value).items():
                _take_defaults(_unwrapped(vars(before).get(part)), _unwrapped(each))
        elif not name.startswith("__") and not isinstance(value, type | ModuleType):
            for module in list(sys.modules.values()):
                if getattr(module, "__dict__", {}).get(name) is before:
                    setattr(module, name, value)


def _take_defaults(old: object, new: object) -> None:
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _code(code: CodeType, name: str) -> CodeType:
    """The code of a function within that of its module.

    Raises:
        LookupError: if it is not there.
    """
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if each.co_qualname == name:
                return each
            if name.startswith(each.co_qualname + "."):
                return _code(each, name)
    raise LookupError(f"no code of {name}")
