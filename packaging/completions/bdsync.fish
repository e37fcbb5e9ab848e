# Completion of bdsync and bdsync-manager for fish. The program itself says what is possible.

function __bdsync_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    type -q $program; or return
    set -l lines ($program --complete fish $words (string unescape -- $current; or echo -- $current) 2>/dev/null </dev/null)
    set -l kind $lines[1]
    if test (count $lines) -gt 1
        printf '%s\n' $lines[2..-1]
        return
    end

    set -l prefix (string match -r -- '^-[^=]*=' $current; or echo '')
    set -l path (string replace -- "$prefix" '' $current)
    switch "$kind"
        case files
            printf '%s\n' $prefix(__fish_complete_path $path)
        case folders
            printf '%s\n' $prefix(__fish_complete_directories $path)
    end
end

complete -c bdsync -f -a '(__bdsync_complete)'
complete -c bdsync-manager -f -a '(__bdsync_complete)'
