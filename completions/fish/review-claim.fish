# fish completion for review-claim(1), rendered from its options
complete -c review-claim -f
complete -c review-claim -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c review-claim -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c review-claim -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c review-claim -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c review-claim -l approve -d 'the plan decides without further questions'
complete -c review-claim -l deny -r -f -d 'deny with this adjustment reason code'
complete -c review-claim -l reopen -r -f -d 'decide anew, for this reason'
complete -c review-claim -l offline -d 'sign and print only'
complete -c review-claim -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c review-claim -s q -l quiet -d 'say nothing on stderr but errors'
complete -c review-claim -s h -l help -d 'show this help'
complete -c review-claim -l version -d 'show the version'
