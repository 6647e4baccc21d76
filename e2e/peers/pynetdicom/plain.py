"""Data sets as plain values and back: keyword -> text, or a list of items."""
from pydicom.dataset import Dataset


def dataset(values):
    made = Dataset()
    for keyword, value in values.items():
        setattr(made, keyword, [dataset(item) for item in value] if isinstance(value, list) else value)
    return made


def plain(read):
    if read is None:
        return None
    values = {}
    for element in read:
        key = element.keyword or "%04X%04X" % (element.tag.group, element.tag.elem)
        if element.VR == "SQ":
            values[key] = [plain(item) for item in element.value or []]
        elif element.VM > 1:
            values[key] = "\\".join(str(one) for one in element.value)
        else:
            values[key] = "" if element.value is None else str(element.value)
    return values
