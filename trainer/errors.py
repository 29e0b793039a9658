"""Every error that a person may see, as one tree. Its exit status stands at each branch.

    TrainerError ............. 1  the work failed
    ├── BadInput ............. 1  something handed to us cannot be used
    │   ├── BadSound ......... 1  a recording: unreadable, too long, no sound in it
    │   ├── BadContent ....... 1  a voice, scenario or guide file, with file, line and key
    │   └── NotFound ......... 1  no such attempt, person, scenario, voice or rule
    ├── WrongCall ............ 2  the command was called in a wrong way
    └── Missing .............. 3  a thing that is needed is not there
        ├── NoDevice ......... 3  no microphone or loudspeaker, or it vanished
        ├── NoModel .......... 3  model weights are absent, or not what they should be
        └── NoEngine ......... 3  a speech engine is not installed, or it died

Errors of other packages are translated where they arise, with ``raise … from``.
Each message is one line: what is wrong, where, and what would work.
"""


class TrainerError(Exception):
    """The root; ``exit_status`` is what the command line ends with."""

    exit_status = 1


class BadInput(TrainerError):
    """Something that was handed to us cannot be used."""


class BadSound(BadInput):
    """A recording cannot be used."""


class BadContent(BadInput):
    """A voice, scenario or guide file is wrong; the message names file, line and key."""


class NotFound(BadInput):
    """There is nothing of that name."""


class WrongCall(TrainerError):
    """The command was called in a way that cannot work."""

    exit_status = 2


class Missing(TrainerError):
    """A device, model, program or service that is needed is not there."""

    exit_status = 3


class NoDevice(Missing):
    """No microphone or loudspeaker, or it has gone away."""


class NoModel(Missing):
    """Model weights were not found, or their SHA-256 is not the one on our list."""


class NoEngine(Missing):
    """A speech engine is not installed, or it died."""
