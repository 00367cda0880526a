# fish completion for init-ledger(1), rendered from its options
complete -c init-ledger -F
complete -c init-ledger -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c init-ledger -l solo -d 'make a ledger for one person to try things out'
complete -c init-ledger -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c init-ledger -s q -l quiet -d 'say nothing on stderr but errors'
complete -c init-ledger -s h -l help -d 'show this help'
complete -c init-ledger -l version -d 'show the version'
