# fish completion for verify-erasure(1), rendered from its options
complete -c verify-erasure -F
complete -c verify-erasure -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c verify-erasure -l vault -d 'try to open it with everything in this ledger\'s vault'
complete -c verify-erasure -l copy -r -f -a '(__fish_complete_directories)' -d 'try to open it in this old copy of the ledger directory'
complete -c verify-erasure -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c verify-erasure -s q -l quiet -d 'say nothing on stderr but errors'
complete -c verify-erasure -s h -l help -d 'show this help'
complete -c verify-erasure -l version -d 'show the version'
