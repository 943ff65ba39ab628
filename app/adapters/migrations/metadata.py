"""Every table there is: the application's and the directory's, in one database."""

from __future__ import annotations

from app.adapters.tables import Base
from referral_directory import models as directory

METADATA = (Base.metadata, directory.Base.metadata)
