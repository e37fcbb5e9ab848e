# Types a line into an interactive shell in a pseudo-terminal, presses TAB, and prints what the line has become and what was shown.
#   zsh -f press-tab.zsh LINE SHELL WORD...       what sets the shell up comes on standard input, a line
zmodload zsh/zpty
line=$1 setup=$(cat)
shift
export TERM=dumb PS1='ready> ' HISTFILE= LINES=200 COLUMNS=200 LC_ALL=C.UTF-8

zpty shell "stty rows 200 cols 200; exec ${(j: :)${(q)@}}"
zpty -w shell "$setup; echo set''up"
zpty -r shell output $'*setup\r\n*' || exit 1
# Both shells have Ctrl-X Ctrl-G print the line.
zpty -w -n shell "$line"$'\t\x18\x07'
zpty -r shell output '*line=<*>*' || exit 1
print -r -- "$output"
zpty -d shell
