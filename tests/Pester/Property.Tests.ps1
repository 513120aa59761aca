Describe 'The objects of -Property and -ExcludeProperty' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        function Get-Kept([string] $Json, [string[]] $Property, [string[]] $Exclude) {
            $schema = (Get-EngineType LogScalePaging.LogScale.Events.LogScaleEvents)::Schema
            $builder = [Activator]::CreateInstance($ModuleAssembly.GetType('LogScalePaging.Events.EventBuilder'), @($schema, $Property, $Exclude, $null, 'LogScalePaging.Event'))
            $parse = (Get-EngineType LogScalePaging.LogScale.Events.LogScaleEvents).GetMethod('Parse')
            foreach ($text in $Json -split '\|') {
                $record = $parse.Invoke($null, @([ReadOnlyMemory[byte]]::new([System.Text.Encoding]::UTF8.GetBytes($text))))
                $builder.GetType().GetMethod('Build').Invoke($builder, @($record))
            }
        }
        # The names and the values, as 'a=1 b='.
        function Get-Text($Object) { @($Object.psobject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }) -join ' ' }
    }

    It 'are those of Select-Object: -Property <Property> -ExcludeProperty <Exclude>' -ForEach @(
        @{ Property = 'b*'; Exclude = $null }, @{ Property = '*'; Exclude = 'a' }, @{ Property = 'c', 'b*'; Exclude = $null }, @{ Property = 'none', 'b1'; Exclude = $null }
        @{ Property = 'c', '*'; Exclude = 'B?' }, @{ Property = 'b1', 'a', 'c'; Exclude = 'a' }, @{ Property = '*1', 'a'; Exclude = $null }, @{ Property = 'B1', 'A'; Exclude = $null }
    ) {
        $json = '{"a":"1","b1":"2","b2":"3","c":"4"}'
        $expected = $json | ConvertFrom-Json | Select-Object -Property $Property -ExcludeProperty $Exclude -ErrorAction Ignore
        Get-Text (Get-Kept $json $Property $Exclude) | ForEach-Object ToLower | Should -BeExactly (Get-Text $expected).ToLower()
    }

    It 'take what is left with -ExcludeProperty alone' {
        $kept = Get-Kept '{"@timestamp":1,"@id":"i","a":"1"}' $null '@*'
        Get-Text $kept | Should -BeExactly 'a=1'
        $kept.pstypenames[0] | Should -Be Selected.LogScalePaging.Event
    }

    It 'take brackets as they are, because arrays have them in their names' {
        Get-Text (Get-Kept '{"items[0].id":"1","items[1].id":"2","items0.id":"3"}' 'items[0].id') | Should -BeExactly 'items[0].id=1'
        Get-Text (Get-Kept '{"items[0].id":"1","items[1].id":"2","items0.id":"3"}' 'items[*].id') | Should -BeExactly 'items[0].id=1 items[1].id=2'
    }

    It 'take a star after a backtick as it is' {
        Get-Text (Get-Kept '{"a*":"1","ab":"2"}' 'a`*') | Should -BeExactly 'a*=1'
    }

    It 'have one property for each spelling that is asked for' {
        Get-Kept '{"Foo":"1","foo":"2"}|{"foo":"3","Foo":"4"}|{"foo":"5"}' 'Foo', 'foo' | ForEach-Object { Get-Text $_ } | Should -BeExactly 'Foo=1 foo_2=2', 'Foo=4 foo_2=3', 'Foo= foo_2=5'
    }

    It 'have the same names for fields that differ in case, in whatever order an event has them' {
        $events = ConvertTo-Event '{"Foo":"1","foo":"2","x":"0"}', '{"foo":"3","x":"0","Foo":"4"}', '{"foo":"5"}', '{"FOO":"6","foo":"7","Foo":"8"}'
        $events | ForEach-Object { Get-Text $_ } | Should -BeExactly 'Foo=1 foo_2=2 x=0', 'foo_2=3 x=0 Foo=4', 'foo=5', 'FOO_3=6 foo_2=7 Foo=8'
        $columns = $events[0, 1] | ConvertTo-Csv | ConvertFrom-Csv
        $columns.Foo | Should -Be 1, 4
        $columns.foo_2 | Should -Be 2, 3
    }

    It 'have the same names with wildcards' {
        Get-Kept '{"Foo":"1","foo":"2"}|{"foo":"3","Foo":"4"}' 'f*' | ForEach-Object { Get-Text $_ } | Should -BeExactly 'Foo=1 foo_2=2', 'foo_2=3 Foo=4'
    }

    It 'take the last value of a name that comes twice' {
        Get-Text (Get-Kept '{"a":"1","b":"2","a":"3"}' '*' 'b') | Should -BeExactly 'a=3'
    }
}

Describe 'A search and an export with -Property' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1"; $server = New-TestServer @{ EventCount = 700 }; Push-Location $TestDrive }
    AfterAll { Pop-Location; Stop-LogScaleSimulator }

    It 'keep the same fields: <Property>, without <Exclude>' -ForEach @(
        @{ Property = '@timestamp', 'C*'; Exclude = $null }, @{ Property = $null; Exclude = '@*', '#*' }, @{ Property = '*'; Exclude = '@raw*' }, @{ Property = 'ComputerName', '@id'; Exclude = '@id' }
    ) {
        $with = @{}
        if ($Property) { $with.Property = $Property }
        if ($Exclude) { $with.ExcludeProperty = $Exclude }
        $start = [datetime]::UtcNow.AddHours(-2)
        $events = Invoke-QueryJob '*' -Start $start -SummaryVariable summary @with
        $summary.State | Should -Be Complete
        foreach ($file in 'kept.ndjson', 'kept.json', 'kept.csv') {
            (Invoke-QueryJobExport '*' $file -Start $start -Force @with).State | Should -Be Complete
            Test-PagedExport $file -Quiet | Should -BeTrue
        }
        $lines = @(Get-Content kept.ndjson | ConvertFrom-Json -AsHashtable)
        $lines.Count | Should -Be $events.Count
        foreach ($i in 0, 1, ($events.Count - 1)) {
            ($lines[$i].Keys -join ' ') | Should -BeExactly (($events[$i].psobject.Properties | Where-Object { $null -ne $_.Value }).Name -join ' ')
        }
        $columns = (Import-Csv kept.csv)[0].psobject.Properties.Name
        $events | ForEach-Object { $_.psobject.Properties.Name } | Sort-Object -Unique | Should -BeExactly ($columns | Sort-Object)
        $manifest = Get-Content kept.csv.manifest.json -Raw | ConvertFrom-Json
        $manifest.excludeProperty | Should -Be $Exclude
        $manifest.columns | Should -Be $columns
    }

    It 'warn of a field that no event has, once, by the same words' {
        $null = Invoke-QueryJob '*' -Start 2h -Property ComputerName, Misspelt, 'no*' -SummaryVariable summary -WarningVariable told -WarningAction SilentlyContinue
        $null = Invoke-QueryJobExport '*' told.ndjson -Start 2h -Property ComputerName, Misspelt, 'no*' -WarningVariable toldOfFile -WarningAction SilentlyContinue
        foreach ($warning in $told, $toldOfFile) {
            $warning | Should -HaveCount 1
            "$warning" | Should -BeLike "No record has a value in the fields 'Misspelt', 'no`*' of -Property.*"
        }
        $summary.Warnings | Should -HaveCount 1
        $null = Invoke-QueryJob '*' -Start 2h -Property computername, '@*' -WarningVariable told
        $told | Should -BeNullOrEmpty
        $null = New-QueryJob '*' -Start 2h | Get-QueryJobPage -First 5 -Property Misspelt -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike "*'Misspelt'*"
        $null = Invoke-QueryJob 'NoSuchField=x' -Start 2h -Property Misspelt -WarningVariable told
        $told | Should -BeNullOrEmpty
    }

    It 'do not warn when Select-Object ends the pipeline' {
        $null = Invoke-QueryJob '*' -Start 2h -Property Misspelt -WarningVariable told | Select-Object -First 1
        $told | Should -BeNullOrEmpty
    }

    It 'resume only the same fields' {
        $null = Invoke-QueryJobExport '*' same.ndjson -Start '2026-01-01' -End ([datetime]::UtcNow) -ExcludeProperty '@raw*'
        Get-ErrorId { Invoke-QueryJobExport '*' same.ndjson -Start '2026-01-01' -End ([datetime]::UtcNow) -Resume } | Should -Be OutputExists
    }
}
