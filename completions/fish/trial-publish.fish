# fish completion for trial-publish(1), rendered from its options
complete -c trial-publish -f
complete -c trial-publish -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c trial-publish -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c trial-publish -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c trial-publish -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c trial-publish -l results -r -F -d 'results of every outcome, JSON; - is stdin'
complete -c trial-publish -l check -d 'only say what is missing'
complete -c trial-publish -l offline -d 'sign and print only'
complete -c trial-publish -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c trial-publish -s q -l quiet -d 'say nothing on stderr but errors'
complete -c trial-publish -s h -l help -d 'show this help'
complete -c trial-publish -l version -d 'show the version'
