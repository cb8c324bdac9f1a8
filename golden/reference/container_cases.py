"""Writes files in the forms that NumPy, PyTorch and safetensors have besides the common ones (`Tests/Fixtures`)."""

import argparse
import io
import json
import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from .compact import write_members

MATRIX = np.arange(12, dtype="<f4").reshape(4, 3) / 8


def npy(header: str, data: bytes, version: tuple[int, int] = (1, 0)) -> bytes:
    """Returns an `.npy` file with any header."""
    encoded = header.encode("utf-8" if version[0] == 3 else "latin-1")
    length = struct.pack("<H" if version[0] == 1 else "<I", len(encoded))
    return b"\x93NUMPY" + bytes(version) + length + encoded + data


def npy_header_cases(folder: Path) -> None:
    """Writes headers that NumPy reads though it does not write them, and some that it refuses too."""
    folder.mkdir(parents=True, exist_ok=True)
    little, big = MATRIX.tobytes(), MATRIX.astype(">f4").tobytes()
    double = MATRIX.astype("<f8").tobytes()
    half = MATRIX.astype("<f2").tobytes()
    cases = {
        "python-2-long": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4L, 3L), }", little),
        "python-2-long-version-2": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4L,3L)}", little, (2, 0)),
        "other-order": npy('{"shape":(4,3,),"fortran_order":False,"descr":"<f4"}', little),
        "unicode-keys": npy("{u'descr': u'<f4', u'fortran_order': False, u'shape': (4, 3)}\n", little),
        "blanks": npy("  { 'descr' :\t'<f4' ,\n 'fortran_order' : False , 'shape' : ( 4 , 3 ) } \n", little),
        "native-order": npy("{'descr': '=f4', 'fortran_order': False, 'shape': (4, 3)}", little),
        "no-order": npy("{'descr': 'f4', 'fortran_order': False, 'shape': (4, 3)}", little),
        "bar-order": npy("{'descr': '|f4', 'fortran_order': False, 'shape': (4, 3)}", little),
        "by-name": npy("{'descr': 'float32', 'fortran_order': False, 'shape': (4, 3)}", little, (3, 0)),
        "by-letter": npy("{'descr': '<d', 'fortran_order': False, 'shape': (4, 3)}", double),
        "big-endian": npy("{'descr': '>f4', 'fortran_order': False, 'shape': (4, 3)}", big),
        "big-endian-fortran": npy(
            "{'descr': '>f8', 'fortran_order': True, 'shape': (4, 3)}", MATRIX.astype(">f8").tobytes(order="F")
        ),
        "half": npy("{'descr': '<f2', 'fortran_order': False, 'shape': (4, 3)}", half),
        "vector": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (12,)}", little),
        "no-dimension": npy("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", little[:4]),
        "length-without-tuple": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (12)}", little),
        "list-as-shape": npy("{'descr': '<f4', 'fortran_order': False, 'shape': [4, 3]}", little),
        "key-too-many": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 3), 'x': 1}", little),
        "no-boolean": npy("{'descr': '<f4', 'fortran_order': 0, 'shape': (4, 3)}", little),
        "text-behind": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 3)} x", little),
        "integers": npy("{'descr': '<i4', 'fortran_order': False, 'shape': (4, 3)}", little),
        "objects": npy("{'descr': '|O', 'fortran_order': False, 'shape': (4, 3)}", little),
    }
    expected: dict[str, object] = {}
    for name, content in cases.items():
        (folder / f"{name}.npy").write_bytes(content)
        try:
            array = np.load(io.BytesIO(content))
        except (ValueError, SyntaxError):
            array = None
        if array is None or array.dtype.kind != "f":
            expected[name] = {"refused": True}
        else:
            values = array.astype("<f8").flatten(order="C").tolist()
            expected[name] = {"shape": list(array.shape), "dtype": array.dtype.name, "values": values}
    write_members(folder / "expected.json", expected)


class PythonTwoDict(OrderedDict):
    """Pickles as Python 2's `OrderedDict` did: the class, called with a list of pairs."""

    def __reduce__(self) -> tuple[object, tuple[list[list[object]]]]:
        """Names the call."""
        return OrderedDict, ([[key, value] for key, value in self.items()],)


def annotated(tensor: torch.Tensor) -> torch.nn.Parameter:
    """Returns a parameter that carries an attribute."""
    parameter = torch.nn.Parameter(tensor)
    parameter.annotation = {"axis": 0}
    return parameter


def tagged(tensor: torch.Tensor) -> torch.Tensor:
    """Returns a tensor that carries an attribute, which is pickled by its type."""
    tensor.annotation = "kept"
    return tensor


def compressed(value: object) -> bytes:
    """Returns a checkpoint whose records are deflated, as an ordinary zip program leaves them."""
    buffer = io.BytesIO()
    torch.save(value, buffer)
    result = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return result.getvalue()


def torch_container_cases(folder: Path) -> None:
    """Writes checkpoints that `torch.load` reads, of every protocol and with every kind of value beside the tensors."""
    folder.mkdir(parents=True, exist_ok=True)
    matrix = torch.from_numpy(MATRIX.copy())
    base = torch.arange(24, dtype=torch.float32) / 4
    views = OrderedDict(
        expanded=torch.tensor([1.5]).expand(6),
        expanded_rows=base[:4].expand(3, 4),
        expanded_scalar=torch.tensor(0.25).expand(2, 3),
        transposed=base.view(4, 6).t(),
        sliced=base.view(4, 6)[1:3, ::2],
        overlapping=base.as_strided((4, 4), (1, 1)),
        permuted=base.view(2, 3, 4).permute(2, 0, 1),
        head=base[:8],
    )
    others = {
        "sparse": torch.eye(2).to_sparse(),
        "sparse_csr": torch.eye(2).to_sparse_csr(),
        "quantised": torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8),
        "uint16": torch.ones(3, dtype=torch.uint16),
        "uint64": torch.ones(3, dtype=torch.uint64),
        "float8": torch.ones(3, dtype=torch.float8_e4m3fn),
        "float8_e5m2": torch.ones(3, dtype=torch.float8_e5m2),
        "complex64": torch.ones(3, dtype=torch.complex64),
        "complex128": torch.ones(3, dtype=torch.complex128),
        "half_complex": torch.ones(3, dtype=torch.complex32),
        "meta": torch.empty(3, device="meta"),
        "epoch": 10,
        "seed": 2**64 + 7,
        "loss": 0.5,
        "device": torch.device("cpu"),
        "dtype": torch.float32,
        "size": torch.Size([1, 2]),
        "names": {"a", "b"},
        "raw": b"bytes",
        "array": bytearray(b"bytes"),
        "complex": 1j,
        "nested": [1, (2, {"x": None})],
    }
    numpy_others = {"step": np.float64(0.5), "count": np.int64(3), "history": np.arange(3)}
    plain = OrderedDict(weight=matrix, bias=matrix[0].clone())
    saved: dict[str, tuple[object, dict[str, object]]] = {
        "annotated-parameter": (OrderedDict(weight=annotated(matrix)), {}),
        "annotated-tensor": (OrderedDict(weight=tagged(matrix.clone())), {}),
        "python-2-dict": (PythonTwoDict(plain), {}),
        "views": (views, {}),
        "other-kinds": (OrderedDict(weight=matrix, **others), {}),
        "numpy-kinds": (OrderedDict(weight=matrix, **numpy_others), {}),
        "stream-python-2-dict": (PythonTwoDict(plain), {"_use_new_zipfile_serialization": False}),
        "stream-views": (views, {"_use_new_zipfile_serialization": False}),
    }
    for protocol in (2, 3, 4, 5):
        for container in ("zip", "stream"):
            options = {"pickle_protocol": protocol, "_use_new_zipfile_serialization": container == "zip"}
            saved[f"{container}-protocol-{protocol}"] = (plain, options)
    expected: dict[str, object] = {}
    for name, (value, options) in saved.items():
        path = folder / f"{name}.pth"
        torch.save(value, path, **options)
        loaded = torch.load(path, weights_only=False)
        described: dict[str, object] = {}
        for key, item in loaded.items():
            if isinstance(item, torch.Tensor) and item.layout == torch.strided and item.is_floating_point():
                if item.device.type == "cpu" and item.dtype in (torch.float32, torch.float16):
                    values = item.detach().to(torch.float64).flatten().tolist()
                    described[key] = {"shape": list(item.shape), "dtype": "float32", "values": values}
        expected[name] = {"tensors": described, "names": list(loaded)}
    write_members(folder / "expected.json", expected)
    (folder / "refused-compressed.pth").write_bytes(compressed(plain))
    (folder / "refused-bare-pickle.pth").write_bytes(pickle.dumps({"weight": MATRIX.tolist()}, protocol=4))


def safetensors_type_cases(folder: Path) -> None:
    """Writes tensors of the types that no weight can have, metadata that are null, and a type of half a byte."""
    folder.mkdir(parents=True, exist_ok=True)
    matrix = torch.from_numpy(MATRIX.copy())
    tensors = {
        "weight": matrix,
        "uint16": torch.ones(3, dtype=torch.uint16),
        "uint32": torch.ones(3, dtype=torch.uint32),
        "uint64": torch.ones(3, dtype=torch.uint64),
        "float8": torch.ones(3, dtype=torch.float8_e4m3fn),
        "float8_e5m2": torch.ones(3, dtype=torch.float8_e5m2),
        "complex64": torch.ones(3, dtype=torch.complex64),
    }
    save_file(tensors, folder / "types.safetensors")
    header = {
        "__metadata__": None,
        "weight": {"dtype": "F32", "shape": [4, 3], "data_offsets": [0, 48]},
    }
    content = json.dumps(header).encode()
    path = folder / "metadata-null.safetensors"
    path.write_bytes(struct.pack("<Q", len(content)) + content + MATRIX.tobytes())
    with safe_open(path, "np") as file:
        assert np.array_equal(file.get_tensor("weight"), MATRIX), "safetensors reads it"
    header = {
        "packed": {"dtype": "F4", "shape": [4], "data_offsets": [0, 2]},
        "weight": {"dtype": "F32", "shape": [4, 3], "data_offsets": [2, 50]},
    }
    content = json.dumps(header).encode()
    (folder / "half-a-byte.safetensors").write_bytes(
        struct.pack("<Q", len(content)) + content + b"\x12\x34" + MATRIX.tobytes()
    )
    described = {"shape": [4, 3], "dtype": "float32", "values": MATRIX.flatten().tolist()}
    write_members(folder / "expected.json", {"weight": described})


def container_cases(folder: Path) -> None:
    """Writes every case under `folder`."""
    npy_header_cases(folder / "npy")
    torch_container_cases(folder / "torch")
    safetensors_type_cases(folder / "safetensors")


def main() -> None:
    """Command line of the cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("../Tests/Fixtures/containers"))
    container_cases(parser.parse_args().output)


if __name__ == "__main__":
    main()
