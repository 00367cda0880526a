# fish completion for reconcile-stock(1), rendered from its options
complete -c reconcile-stock -F
complete -c reconcile-stock -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c reconcile-stock -l at -r -f -d 'the stock room: a GLN'
complete -c reconcile-stock -l all -d 'also what is fine'
complete -c reconcile-stock -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c reconcile-stock -s q -l quiet -d 'say nothing on stderr but errors'
complete -c reconcile-stock -s h -l help -d 'show this help'
complete -c reconcile-stock -l version -d 'show the version'
