/* Plain-C surface over ncurses; see Terminal. */
