# fish completion for request-blocks(1), rendered from its options
complete -c request-blocks -f
complete -c request-blocks -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c request-blocks -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c request-blocks -s q -l quiet -d 'say nothing on stderr but errors'
complete -c request-blocks -s h -l help -d 'show this help'
complete -c request-blocks -l version -d 'show the version'
