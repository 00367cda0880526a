# fish completion for show-claim(1), rendered from its options
complete -c show-claim -f
complete -c show-claim -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c show-claim -l payer -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'all of this payer'
complete -c show-claim -l submitter -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'all that this account submitted'
complete -c show-claim -l member -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'all of this member: a did:key'
complete -c show-claim -l state -r -f -a 'paid partly-paid denied pended approved voided replaced' -d 'only those in this state'
complete -c show-claim -l appealed -d 'only those with an open appeal'
complete -c show-claim -l since -r -f -d 'only those decided in this block or later'
complete -c show-claim -l fhir -r -f -a 'response eob' -d 'as FHIR R4'
complete -c show-claim -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c show-claim -s q -l quiet -d 'say nothing on stderr but errors'
complete -c show-claim -s h -l help -d 'show this help'
complete -c show-claim -l version -d 'show the version'
