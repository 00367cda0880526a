# fish completion for adopt-blocks(1), rendered from its options
complete -c adopt-blocks -F
complete -c adopt-blocks -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c adopt-blocks -l expect -r -f -d 'a block that must be on the chain'
complete -c adopt-blocks -l new -d 'make a copy where there is no ledger yet'
complete -c adopt-blocks -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c adopt-blocks -s q -l quiet -d 'say nothing on stderr but errors'
complete -c adopt-blocks -s h -l help -d 'show this help'
complete -c adopt-blocks -l version -d 'show the version'
