# Completion of bdsync and bdsync-manager for bash. The program itself says what is possible.

_bdsync() {
  local line=$COMP_LINE program word prefix typed kind candidate i
  local words=() found=()

  # bash takes words apart at = and :, which belong to them here.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i > 0)) && [[ $line != [[:blank:]]* && ($word == [=:]* || ${COMP_WORDS[i - 1]} == *[=:]) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    line=${line#"${line%%[![:blank:]]*}"}
    line=${line#"$word"}
  done

  program=${words[0]/#\~\//$HOME/}
  typed=${words[${#words[@]} - 1]}
  { read -r kind && mapfile -t found; } < <("$program" --complete bash "${words[@]}" 2>/dev/null </dev/null) || return 0

  # What readline replaces is only what stands behind the last of these.
  prefix=${typed%"${typed##*[=:]}"}
  [[ $typed == *[=:]* && $COMP_WORDBREAKS == *[=:]* ]] || prefix=

  COMPREPLY=()
  for candidate in "${found[@]}"; do
    candidate=${candidate%%$'\t'*}
    candidate=${candidate#"$prefix"}
    if [[ $typed == [\"\']* ]]; then
      [[ $candidate == *[\"\'\\\$\`\!]* ]] && continue
    else
      printf -v candidate %q "$candidate"
      candidate=${candidate//\\=/=}
    fi
    COMPREPLY+=("$candidate")
  done
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi

  typed=${typed#"$prefix"}
  case $kind in
    files) _bdsync_paths -f "$typed" ;;
    folders) _bdsync_paths -d "$typed" ;;
  esac
}

# readline quotes what is special in names that come from here.
_bdsync_paths() {
  ((${#COMPREPLY[@]} == 0)) || return
  compopt -o filenames 2>/dev/null
  local path typed=$2
  [[ $typed == *=* && $1 == -? ]] && typed=${typed##*=}
  typed=${typed//\\/}
  typed=${typed#[\"\']}
  while IFS= read -r path; do
    COMPREPLY+=("$path")
  done < <(compgen "$1" -- "$typed")
}

complete -F _bdsync bdsync bdsync-manager
