"""Files of people and organisations, encrypted at rest (个人信息保护法 art. 51, GB/T 22239-2019 §8.1.4.8).

Each file has a random data key. The file's row (`SealedFile`) holds the data key in an encrypted column, so that
`rotate_keys` changes the key that protects a file without reading the file. The content is bound to its storage key: a
file that was put in the place of another does not open.

A row is part of the transaction, a file is not: `save` writes the file first and `delete` removes it after the commit.
What a rollback or a crash leaves is a file whose data key exists nowhere; `upkeep.sweep` deletes it a day later. Files that
everybody may read are stored in clear; `PublicFileKey` has them deleted and swept in the same way.
"""

from jiuye.kernel.sealed_files.columns import PublicFileKey, SealedFileKey
from jiuye.kernel.sealed_files.files import FileGone, delete, exists, is_sealed, reached, read, save

__all__ = ["FileGone", "PublicFileKey", "SealedFileKey", "delete", "exists", "is_sealed", "reached", "read", "save"]
