package dev.confetti.gift.problem;

import java.net.URI;
import java.util.Locale;

/** The name, the status and the title of each way in which a request can fail. */
public enum ProblemType {
    UNAUTHENTICATED(401, "A valid token is needed"),
    FORBIDDEN(403, "Your roles do not allow this"),
    MALFORMED_REQUEST(400, "The request cannot be read"),
    SIGNATURE_INVALID(401, "The signature does not fit the request"),
    IDEMPOTENCY_KEY_MISSING(400, "The Idempotency-Key header is needed"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "No representation that you accept"),
    CONTENT_TOO_LARGE(413, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request body's type is not supported"),
    INTERNAL_ERROR(500, "Something went wrong here"),
    UNAVAILABLE(503, "Not possible just now, try again"),
    ACCESS_NOT_LOGGED(503, "The log of accesses cannot be written now"),

    UNKNOWN_GIFT(404, "There is no such gift"),
    UNKNOWN_LIVE(404, "There is no such live"),
    UNKNOWN_GIFT_SEND(404, "There is no such gift send"),
    UNKNOWN_PACKAGE(404, "There is no such coin package"),
    UNKNOWN_PROVIDER(404, "There is no such payment provider"),
    UNKNOWN_PAYOUT_BATCH(404, "There is no such batch of payouts"),
    UNKNOWN_BANK_MESSAGE(404, "There is no such message of the bank"),
    UNKNOWN_PAYOUT(404, "There is no such payout"),
    UNKNOWN_PURCHASE(404, "There is no such purchase"),
    UNKNOWN_ADJUSTMENT(404, "There is no such adjustment"),
    UNKNOWN_BREAKAGE(404, "There is no such estimate of breakage"),
    UNKNOWN_REVALUATION(404, "There is no such revaluation"),
    UNKNOWN_SETTLEMENT(404, "There is no such settlement"),

    QUANTITY_OUT_OF_RANGE(422, "The quantity is out of range"),
    COINS_OUT_OF_RANGE(422, "The number of coins is out of range"),
    EFFECTIVE_AT_OUT_OF_RANGE(422, "The time of the change is out of range"),
    WALLET_FULL(422, "The wallet cannot hold so many coins"),
    LIVE_NOT_ACTIVE(409, "The live takes no gifts now"),
    LIVE_ENDED(409, "The live has ended"),
    WALLET_BLOCKED(403, "The wallet is blocked"),
    INSUFFICIENT_COINS(409, "The wallet holds too few coins"),
    SENDING_TOO_FAST(429, "Too many sends in one second"),
    SPENDING_LIMIT_REACHED(429, "The day's spending limit is reached"),
    INSUFFICIENT_DIAMONDS(409, "Fewer diamonds are available"),
    BELOW_MINIMUM(409, "So few diamonds are not paid out"),
    CURRENCIES_MIXED(409, "Earnings are in several currencies"),
    SAME_PERSON(403, "Another person must decide"),
    PAYOUT_NOT_REQUESTED(409, "The payout waits for no decision"),
    PAYOUT_NOT_APPROVED(409, "The payout is not approved, or with the bank"),
    PAYOUT_NOT_AT_BANK(409, "The payout is not where it could come to this end"),
    RESOLUTION_NOT_REQUESTED(409, "The resolution waits for no decision"),
    UNKNOWN_RESOLUTION(404, "There is no such resolution"),
    PAYOUTS_HELD(409, "The creator is paid nothing for now"),
    NOTHING_TO_PAY(409, "There is no payout to send"),
    BANK_ACCOUNT_MISSING(409, "No account is set up that payouts are paid from"),
    PAYOUT_BATCH_INCOMPLETE(409, "The batch's file cannot be made any more"),
    PAYOUTS_OPEN(409, "Payouts of the person are under way"),
    DISPUTES_OPEN(409, "Purchases of the person are disputed"),
    ALREADY_REFUNDED(409, "The purchase was refunded before"),
    RECEIPT_INVALID(422, "The receipt is not one of this purchase"),
    REFUND_BY_STORE(409, "Only the store can give the money back"),
    REFUND_FAILED(409, "The provider could not give the money back"),
    ALREADY_CHARGED_BACK(409, "The buyer's bank has taken the money back"),
    CHARGEBACK_OPEN(409, "The buyer's bank disputes the purchase"),
    ALREADY_REVERSED(409, "The gift was reversed before"),
    ACCOUNT_NOT_ADJUSTABLE(422, "The account is not corrected by hand"),
    ADJUSTMENT_NOT_REQUESTED(409, "The adjustment waits for no decision"),
    BREAKAGE_NOT_REQUESTED(409, "The estimate waits for no decision"),
    BREAKAGE_BELOW_ZERO(409, "More would be taken back than was recognised"),
    REVALUATION_NOT_REQUESTED(409, "The revaluation waits for no decision"),
    REVALUATION_OUT_OF_RANGE(422, "The books cannot hold so much"),
    PERIOD_OUT_OF_RANGE(422, "The month has not begun"),
    PERIOD_NOT_OVER(409, "The month is not over"),
    PERIOD_CLOSED(409, "The month is closed"),
    EARLIER_PERIOD_OPEN(409, "A month before it is open"),
    SETTLEMENT_DIFFERS(409, "The settlement was recorded with other lines"),
    SETTLEMENT_OUT_OF_RANGE(422, "The books cannot hold so much"),
    PLAY_TOKENS_OFF(404, "Lives are played without tokens here"),
    WRONG_STREAM_KEY(403, "The stream key is wrong"),
    PUBLISHER_REPLACED(409, "Another publisher has taken over");

    private static final String PREFIX = "https://confetti.example/problems/";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The last part of the problem's type, such as {@code insufficient-coins}. */
    public String typeName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public URI uri() {
        return URI.create(PREFIX + typeName());
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
