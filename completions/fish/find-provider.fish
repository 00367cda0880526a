# fish completion for find-provider(1), rendered from its options
complete -c find-provider -f
complete -c find-provider -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c find-provider -l name -r -f -d 'words of the name'
complete -c find-provider -l specialty -r -f -d 'NUCC taxonomy code'
complete -c find-provider -l place -r -f -d 'city, state or postal code'
complete -c find-provider -l network -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'in this network'
complete -c find-provider -l stale -d 'only entries with an element older than 90 days'
complete -c find-provider -l fhir -d 'Plan-Net-shaped FHIR'
complete -c find-provider -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c find-provider -s q -l quiet -d 'say nothing on stderr but errors'
complete -c find-provider -s h -l help -d 'show this help'
complete -c find-provider -l version -d 'show the version'
