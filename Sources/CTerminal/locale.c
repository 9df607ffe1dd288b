#include "state.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the user asked for: the first of these that is set. */
static const char *asked(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < 3; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return value;
  }
  return "";
}

static bool names_utf8(const char *charset) {
  return strncasecmp(charset, "utf-8", 5) == 0 || strncasecmp(charset, "utf8", 4) == 0;
}

/* Only LC_CTYPE: numbers must not follow the locale. */
bool choose_locale(void) {
  const char *name = asked();
  if (*name && setlocale(LC_CTYPE, "")) return names_utf8(nl_langinfo(CODESET));
  const char *charset = strchr(name, '.');
  if (charset && !names_utf8(charset + 1)) return false;
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}
