# fish completion for trace-drug(1), rendered from its options
complete -c trace-drug -f
complete -c trace-drug -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c trace-drug -l as-of -r -f -d 'only what happened up to this time, or was sealed up to this height'
complete -c trace-drug -l recall -r -f -d 'where all that this recall covers is now'
complete -c trace-drug -l graph -d 'as a graph, in the language of Graphviz'
complete -c trace-drug -l flags -d 'every flag there is, of all things'
complete -c trace-drug -l epcis -d 'as an EPCIS 2.0 query document'
complete -c trace-drug -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c trace-drug -s q -l quiet -d 'say nothing on stderr but errors'
complete -c trace-drug -s h -l help -d 'show this help'
complete -c trace-drug -l version -d 'show the version'
