# fish completion for export-remittance(1), rendered from its options
complete -c export-remittance -f
complete -c export-remittance -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c export-remittance -l payer -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'whose decisions'
complete -c export-remittance -l to -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'only for this account'
complete -c export-remittance -l since -r -f -d 'first block'
complete -c export-remittance -l until -r -f -d 'last block'
complete -c export-remittance -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c export-remittance -s q -l quiet -d 'say nothing on stderr but errors'
complete -c export-remittance -s h -l help -d 'show this help'
complete -c export-remittance -l version -d 'show the version'
