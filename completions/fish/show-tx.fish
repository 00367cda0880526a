# fish completion for show-tx(1), rendered from its options
complete -c show-tx -f
complete -c show-tx -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c show-tx -l wait -r -f -d 'wait so long for it to be sealed or dropped'
complete -c show-tx -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c show-tx -s q -l quiet -d 'say nothing on stderr but errors'
complete -c show-tx -s h -l help -d 'show this help'
complete -c show-tx -l version -d 'show the version'
