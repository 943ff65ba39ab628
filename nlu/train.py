"""`nlu/.venv/bin/python -m nlu.train`: trains Rasa's model into .models/, unless it is there already."""

from __future__ import annotations

import fcntl
import os
import sys
import tarfile
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Callable, Iterator

from nlu.examples import read_examples
from nlu.models import MODELS, NLU, ROOT, before_rasa, current_model, forget_old_models, learned_folder

Say = Callable[[str], None]
_LAST_WORDS = 3000


def main() -> int:
    with _teller() as say:
        return _main(say)


def _main(say: Say) -> int:
    MODELS.mkdir(exist_ok=True)
    try:
        with _alone(say):
            _train_unless_there(say)
    except ImportError as error:
        say(f"Training failed: {error.name} is not in this environment; run nlu/.venv/bin/python -m nlu.train")
        return 1
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever Rasa raises, the last line says it
        say(f"Training failed: {type(error).__name__}: {error}")
        return 1
    return 0


def _train_unless_there(say: Say) -> None:
    model = current_model()
    if model.exists():
        say(f"The model is up to date: {_shown(model)}")
        return
    examples = read_examples()
    say(f"{len(examples)} examples of {len({example.intent for example in examples})} intents; loading Rasa ...")
    with tempfile.TemporaryDirectory(dir=MODELS, prefix=".training-") as folder, _hushed(say):
        before_rasa()
        from rasa.model_training import train_nlu  # noqa: PLC0415  seconds long, and only this environment has it

        say("training ...")
        made = train_nlu(
            str(NLU / "config.yml"),
            str(NLU / "data"),
            folder,
            fixed_model_name="model",
            domain=str(NLU / "domain.yml"),
        )
        if made is None:
            raise ValueError("Rasa made no model of nlu/data")
        if current_model() != model:
            raise ValueError("files were changed meanwhile; run it again")
        # Only a finished model gets its name: a training cut short leaves nothing to be mistaken for one.
        _give_to_the_app(Path(made))
        Path(made).replace(model)
    for old in forget_old_models():
        say(f"forgot {_shown(old)}")
    say(f"Trained: {_shown(model)} ({model.stat().st_size / 1e6:.1f} MB)")


def _give_to_the_app(archive: Path) -> None:
    """The app's parser reads the very classifier that Rasa learned: nobody learns it twice."""
    # numpy must not come before `before_rasa`.
    from nlu.classifier import PARTS, Classifier  # noqa: PLC0415
    from nlu.learn import keep  # noqa: PLC0415

    with tarfile.open(archive) as packed, tempfile.TemporaryDirectory(dir=MODELS, prefix=".unfinished-") as folder:
        for part in packed.getmembers():
            if part.isfile() and Path(part.name).name in PARTS:
                content = packed.extractfile(part)
                if content is not None:
                    (Path(folder) / Path(part.name).name).write_bytes(content.read())
        keep(Classifier.load(Path(folder)), learned_folder())


@contextmanager
def _alone(say: Say) -> Iterator[None]:
    """One training at a time; who waited finds the model made."""
    with (MODELS / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another training to end ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _hushed(say: Say) -> Iterator[None]:
    """Rasa, its libraries and their children write into a file, which is shown only when they fail."""
    sys.stdout.flush()
    sys.stderr.flush()
    shown = [os.dup(1), os.dup(2)]
    with tempfile.TemporaryFile() as noise:
        os.dup2(noise.fileno(), 1)
        os.dup2(noise.fileno(), 2)
        failed = True
        try:
            yield
            failed = False
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for number, kept in enumerate(shown, start=1):
                os.dup2(kept, number)
                os.close(kept)
            if failed:
                say(f"Rasa said:\n{_end_of(noise)}")


def _end_of(noise: "IO[bytes]") -> str:
    noise.seek(0)
    return noise.read().decode("utf-8", "replace")[-_LAST_WORDS:].strip()


@contextmanager
def _teller() -> Iterator[Say]:
    """Says a line with the seconds since the start, wherever standard output has gone since."""
    started = time.monotonic()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as terminal:

        def say(line: str) -> None:
            terminal.write(f"  nlu {time.monotonic() - started:5.1f} s  {line}\n")
            terminal.flush()

        yield say


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
