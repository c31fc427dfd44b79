package net.client.run.flow;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.longThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import net.client.connect.internal.ConnectedUdpSocket;
import net.client.run.record.RunRecorder;
import net.protocol.internal.KernelDrops;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalLong;

/** Unanswered datagrams are dropped here as far as the system has dropped datagrams. */
class ReceiveDropsTest {
    private final RunRecorder recorder = mock();
    private final KernelDrops table = mock();
    private final ReceiveDrops drops = new ReceiveDrops(recorder);

    private void update(long dropped) {
        when(table.of(any(), any())).thenReturn(OptionalLong.of(dropped));
        drops.update(Optional.of(mock(ConnectedUdpSocket.class)), table);
    }

    @Test
    void dropsOfAReplacedSocketAreKept() {
        drops.addUnanswered(1);
        drops.addUnanswered(2);
        update(2);
        verify(recorder).recordDroppedHere(2);
        drops.keep(mock(ConnectedUdpSocket.class), false);
        drops.addUnanswered(3);
        update(0);
        verify(recorder, never()).recordDroppedHere(longThat(count -> count < 0));
    }
}
