/* libarchive, for zip (.npz) and gzip. Sessions is the only importer. */
#include <archive.h>
#include <archive_entry.h>
