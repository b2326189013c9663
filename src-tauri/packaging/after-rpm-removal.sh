#!/bin/sh
# The package owns what is in this folder, not the folder itself. $1 is 0 when no other version stays.
if [ "$1" = 0 ]; then
    rmdir /usr/share/doc/stockroom 2>/dev/null || :
fi
