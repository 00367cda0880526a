# fish completion for review-access(1), rendered from its options
complete -c review-access -f
complete -c review-access -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c review-access -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c review-access -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c review-access -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c review-access -l finding -r -f -a 'justified unjustified' -d 'what the review found'
complete -c review-access -l show -d 'show the emergency and its reason, sign nothing'
complete -c review-access -l offline -d 'sign and print only'
complete -c review-access -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c review-access -s q -l quiet -d 'say nothing on stderr but errors'
complete -c review-access -s h -l help -d 'show this help'
complete -c review-access -l version -d 'show the version'
