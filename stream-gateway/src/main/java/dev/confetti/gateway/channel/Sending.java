package dev.confetti.gateway.channel;

import io.netty.channel.ChannelOutboundInvoker;

/**
 * Writes that nobody waits for: a failure goes to the pipeline's {@code exceptionCaught}, and costs
 * no promise for each write.
 */
public final class Sending {
    private Sending() {}

    @SuppressWarnings("FutureReturnValueIgnored") // the void promise tells the pipeline
    public static void write(ChannelOutboundInvoker out, Object message) {
        out.write(message, out.voidPromise());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the void promise tells the pipeline
    public static void send(ChannelOutboundInvoker out, Object message) {
        out.writeAndFlush(message, out.voidPromise());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing twice, or what is gone, is no failure
    public static void close(ChannelOutboundInvoker out) {
        out.close();
    }
}
