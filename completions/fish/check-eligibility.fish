# fish completion for check-eligibility(1), rendered from its options
complete -c check-eligibility -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)'
complete -c check-eligibility -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c check-eligibility -l payer -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'who insures her'
complete -c check-eligibility -l on -r -f -d 'the day; default: today'
complete -c check-eligibility -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c check-eligibility -s q -l quiet -d 'say nothing on stderr but errors'
complete -c check-eligibility -s h -l help -d 'show this help'
complete -c check-eligibility -l version -d 'show the version'
