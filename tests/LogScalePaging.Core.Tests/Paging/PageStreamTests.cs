using LogScalePaging.Paging;

namespace LogScalePaging.Core.Tests.Paging;

public sealed class PageStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_more_pages_are_requested_ahead_than_allowed(int ahead)
    {
        var source = new Source(20);
        var read = 0;
        await foreach (var page in PageStream.Prefetch(_ => source.PagesAsync(), ahead))
        {
            Assert.Equal(++read, page);
            // Page 1 is read alone. After it, the source is as far ahead as it may be, and never further.
            if (read > 1)
                await source.ReachedAsync(Math.Min(20, read + ahead));
            Assert.True(source.Requested <= (read == 1 ? 1 : read + ahead), $"{source.Requested} pages at page {read}");
        }
        Assert.Equal(20, read);
    }

    [Fact]
    public async Task The_second_page_is_requested_when_the_last_part_of_the_first_is_read()
    {
        var source = new Source(9);
        var read = 0;
        // A page has 3 parts.
        await foreach (var part in PageStream.Prefetch(_ => source.PagesAsync(), 1, part => part % 3 == 0))
        {
            Assert.Equal(++read, part);
            if (read == 3)
                Assert.Equal(3, source.Requested);
            else if (read < 8)
                await source.ReachedAsync(read + 1);
        }
        Assert.Equal(9, read);
    }

    [Fact]
    public async Task An_error_comes_after_the_pages_before_it()
    {
        var source = new Source(3, fails: true);
        var read = new List<int>();
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var page in PageStream.Prefetch(_ => source.PagesAsync(), 1))
                read.Add(page);
        });
        Assert.Equal([1, 2, 3], read);
    }

    private sealed class Source(int pages, bool fails = false)
    {
        private readonly TaskCompletionSource<bool>[] _reached =
        [
            .. Enumerable.Range(0, pages + 1)
                .Select(_ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)),
        ];

        private int _requested;

        public int Requested => Volatile.Read(ref _requested);

        public Task ReachedAsync(int page) => _reached[page].Task;

        public async IAsyncEnumerable<int> PagesAsync()
        {
            for (var page = 1; page <= pages; page++)
            {
                Volatile.Write(ref _requested, page);
                _reached[page].TrySetResult(true);
                await Task.Yield();
                yield return page;
            }
            if (fails)
                throw new FormatException();
        }
    }
}
