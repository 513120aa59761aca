using LogScalePaging.Export.Parts;

namespace LogScalePaging.Core.Tests.Export;

public sealed class BlocksBehindTests
{
    private const int Size = 16;
    private const int Most = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(Most)]
    public void Blocks_are_written_complete_and_in_order(int most)
    {
        for (var handed = 0; handed < 50; handed++)
        {
            var taken = new List<byte>();
            using var blocks = new BlocksBehind(Size, most, (block, count) => taken.AddRange(block.Take(count)));
            for (var i = 0; i < handed; i++)
                Hand(blocks, i);
            blocks.Drain();
            Assert.Equal(Enumerable.Range(0, handed).Select(i => (byte)i), taken);
            // Drained, it goes on.
            Hand(blocks, 99);
            blocks.Drain();
            Assert.Equal(99, taken[^1]);
        }
    }

    [Fact]
    public void The_number_of_waiting_blocks_is_limited()
    {
        using var gate = new SemaphoreSlim(0);
        var taken = 0;
        using var blocks = new BlocksBehind(Size, Most, (_, _) =>
        {
            gate.Wait();
            taken++;
        });
        for (var i = 0; i < Most - 1; i++)
            Hand(blocks, i);
        var last = Waiting(() => Hand(blocks, Most - 1));
        Assert.Equal(0, taken);
        gate.Release(Most);
        last.Join();
        blocks.Drain();
        Assert.Equal(Most, taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Most)]
    public void An_error_is_thrown_and_later_blocks_are_refused(int most)
    {
        var taken = new List<byte>();
        using var blocks = new BlocksBehind(Size, most, (block, count) =>
        {
            taken.Add(block[0]);
            if (block[0] == 5)
                throw new IOException("the disk");
        });
        var said = Assert.Throws<IOException>(() =>
        {
            for (var i = 0; i < 100; i++)
                Hand(blocks, i);
        });
        Assert.Equal("the disk", said.Message);
        if (most > 1)
            Assert.Throws<IOException>(blocks.Drain);
        Assert.Equal([0, 1, 2, 3, 4, 5], taken);
    }

    [Fact]
    public void An_error_of_the_last_blocks_is_thrown_at_the_end()
    {
        using var blocks = new BlocksBehind(Size, Most, (_, _) => throw new IOException("the disk"));
        Hand(blocks, 0);
        Assert.Throws<IOException>(blocks.Drain);
    }

    [Fact]
    public void Waiting_blocks_are_dropped_after_disposal()
    {
        using var begun = new SemaphoreSlim(0);
        using var gate = new SemaphoreSlim(0);
        var taken = 0;
        var blocks = new BlocksBehind(Size, Most, (_, _) =>
        {
            begun.Release();
            gate.Wait();
            taken++;
        });
        for (var i = 0; i < 4; i++)
            Hand(blocks, i);
        begun.Wait();
        // The current block is in use until it is taken.
        var disposing = Waiting(blocks.Dispose);
        gate.Release(Most);
        disposing.Join();
        Assert.Equal(1, taken);
    }

    // Runs the action on a separate thread, and returns when this thread waits. If it never waits, the test fails.
    private static Thread Waiting(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        while ((thread.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) == 0)
            Thread.Yield();
        Assert.True(thread.IsAlive);
        return thread;
    }

    private static void Hand(BlocksBehind blocks, int value)
    {
        blocks.Current[0] = (byte)value;
        blocks.Next(1);
    }
}
