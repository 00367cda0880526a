# fish completion for show-trial(1), rendered from its options
complete -c show-trial -f
complete -c show-trial -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c show-trial -l worklist -d 'who must consent again'
complete -c show-trial -l diff -r -f -d 'a protocol version: what changed since, or up to a later one'
complete -c show-trial -l payments -d 'what accrued for visits'
complete -c show-trial -l overdue -d 'what is late'
complete -c show-trial -l export -d 'the registry record'
complete -c show-trial -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c show-trial -s q -l quiet -d 'say nothing on stderr but errors'
complete -c show-trial -s h -l help -d 'show this help'
complete -c show-trial -l version -d 'show the version'
