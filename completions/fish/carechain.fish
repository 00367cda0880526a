# fish completion for carechain(1), rendered from its options
complete -c carechain -f -a 'keygen enroll-identity rotate-key put-record grant revoke request-access release-record open-record access-log erase-key verify-erasure legal-hold register-copy init-ledger govern-ledger submit-tx mine show-tx list show-chain verify-chain rebuild-index carechain'
complete -c carechain -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c carechain -s q -l quiet -d 'say nothing on stderr but errors'
complete -c carechain -s h -l help -d 'show this help'
complete -c carechain -l version -d 'show the version'
