# fish completion for check-contract(1), rendered from its options
complete -c check-contract -F
complete -c check-contract -l input -r -F -d 'JSON of inputs to decide on; - is stdin'
complete -c check-contract -l explain -d 'show what each rule saw'
complete -c check-contract -l kinds -d 'list the kinds of contracts and what their rules see'
complete -c check-contract -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c check-contract -s q -l quiet -d 'say nothing on stderr but errors'
complete -c check-contract -s h -l help -d 'show this help'
complete -c check-contract -l version -d 'show the version'
