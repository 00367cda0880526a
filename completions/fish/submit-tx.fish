# fish completion for submit-tx(1), rendered from its options
complete -c submit-tx -f
complete -c submit-tx -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c submit-tx -l threads -r -f -d 'threads to work with; default: one for each processor'
complete -c submit-tx -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c submit-tx -s q -l quiet -d 'say nothing on stderr but errors'
complete -c submit-tx -s h -l help -d 'show this help'
complete -c submit-tx -l version -d 'show the version'
