# fish completion for rebuild-index(1), rendered from its options
complete -c rebuild-index -f
complete -c rebuild-index -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c rebuild-index -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c rebuild-index -s q -l quiet -d 'say nothing on stderr but errors'
complete -c rebuild-index -s h -l help -d 'show this help'
complete -c rebuild-index -l version -d 'show the version'
