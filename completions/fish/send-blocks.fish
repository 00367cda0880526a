# fish completion for send-blocks(1), rendered from its options
complete -c send-blocks -f
complete -c send-blocks -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c send-blocks -l all -d 'the whole chain; reads no request'
complete -c send-blocks -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c send-blocks -s q -l quiet -d 'say nothing on stderr but errors'
complete -c send-blocks -s h -l help -d 'show this help'
complete -c send-blocks -l version -d 'show the version'
