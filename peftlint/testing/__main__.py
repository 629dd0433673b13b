"""`python -m peftlint.testing`."""

from __future__ import annotations

import sys

from peftlint.testing.command import main

sys.exit(main())
