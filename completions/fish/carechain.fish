# fish completion for carechain(1), rendered from its options
complete -c carechain -f -a 'keygen enroll-identity rotate-key put-record grant revoke request-access release-record open-record access-log explain-access review-access erase-key verify-erasure legal-hold register-copy make-label register-product capture-events move-drug trace-drug verify-drug reconcile-stock recall-drug enroll-coverage check-eligibility submit-claim show-claim review-claim appeal-claim reverse-claim instruct-payment export-remittance register-provider attest-provider find-provider check-contract deploy-contract trial-register trial-amend trial-event trial-boundary trial-publish trial-pay show-trial init-ledger govern-ledger submit-tx mine show-tx list show-chain verify-chain rebuild-index request-blocks send-blocks adopt-blocks carechain'
complete -c carechain -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c carechain -s q -l quiet -d 'say nothing on stderr but errors'
complete -c carechain -s h -l help -d 'show this help'
complete -c carechain -l version -d 'show the version'
