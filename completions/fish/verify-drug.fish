# fish completion for verify-drug(1), rendered from its options
complete -c verify-drug -f
complete -c verify-drug -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c verify-drug -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c verify-drug -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c verify-drug -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c verify-drug -l check -r -F -d 'check answers instead'
complete -c verify-drug -l signer -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'with --check: who must have signed'
complete -c verify-drug -l max-age -r -f -d 'with --check: how old an answer may be; 0: any age'
complete -c verify-drug -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c verify-drug -s q -l quiet -d 'say nothing on stderr but errors'
complete -c verify-drug -s h -l help -d 'show this help'
complete -c verify-drug -l version -d 'show the version'
