"""How the other modules put behaviour into moto's classes."""


def added_to(*classes):
    """Makes a function a method of these classes of moto, in place of one of the same name."""

    def add(function):
        for each in classes:
            setattr(each, function.__name__, function)
        return function

    return add


def page(items, token, size, most):
    """The items of one page and the token of the next: `None` at the end."""
    begin = int(token or 0)
    end = begin + min(int(size or most), most)
    return items[begin:end], (str(end) if end < len(items) else None)
