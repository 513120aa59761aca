Describe 'Events' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }

    It 'have their fields in the order of the server' {
        $record = ConvertTo-Event '{"zeta":"1","@timestamp":1700000000123,"alpha":"2","@id":"x"}'
        $record.psobject.Properties.Name | Should -Be 'zeta', '@timestamp', 'alpha', '@id'
        $record.pstypenames[0] | Should -Be LogScalePaging.Event
    }

    It 'have @timestamp as a number, and nothing else' {
        $record = ConvertTo-Event '{"@timestamp":1700000000123,"TargetProcessId":"99999999999999999999","n":12345678901234567890,"f":1.50,"t":true,"e":""}'
        $record.'@timestamp' | Should -BeOfType long
        $record.'@timestamp' | Should -Be 1700000000123
        $record.TargetProcessId | Should -BeExactly '99999999999999999999'
        $record.n | Should -BeExactly '12345678901234567890'
        $record.f | Should -BeExactly '1.50'
        $record.t | Should -BeExactly 'true'
        $record.e | Should -BeExactly ''
        foreach ($name in 'TargetProcessId', 'n', 'f', 't', 'e') { $record.$name | Should -BeOfType string }
    }

    It 'have @timestamp as a number when it is sent as digits, and as text when it is neither' {
        (ConvertTo-Event '{"@timestamp":"1700000000123"}').'@timestamp' | Should -BeOfType long
        (ConvertTo-Event '{"@timestamp":"soon"}').'@timestamp' | Should -BeExactly 'soon'
        (ConvertTo-Event '{"@timestamp":1.5}').'@timestamp' | Should -BeExactly '1.5'
    }

    It 'keep unicode, quotes and line breaks' {
        $record = ConvertTo-Event '{"a":"\u00e4\ud83d\ude00 \"q\" \\ \/\r\n\t","b":"äöü 😀 日本"}'
        $record.a | Should -BeExactly "ä😀 `"q`" \ /`r`n`t"
        $record.b | Should -BeExactly 'äöü 😀 日本'
    }

    It 'survive half a surrogate' {
        (ConvertTo-Event '{"a":"x\ud83dy"}').a | Should -BeExactly "x$([char]0xfffd)y"
    }

    It 'have null for null, and JSON text for nested values' {
        $record = ConvertTo-Event '{"a":null,"b":{"c":[1,2]},"d":[],"z":"last"}'
        $record.a | Should -Be $null
        $record.psobject.Properties.Name | Should -Contain a
        $record.b | Should -BeExactly '{"c":[1,2]}'
        $record.d | Should -BeExactly '[]'
        $record.z | Should -Be last
    }

    It 'keep all values when names differ only in case' {
        $record = ConvertTo-Event '{"Foo":"1","foo":"2","FOO":"3","foo_2":"4","foo":"5"}'
        $record.psobject.Properties.Name | Should -BeExactly 'Foo', 'foo_2', 'FOO_3', 'foo_2_2'
        $record.psobject.Properties.Value | Should -BeExactly '1', '5', '3', '4'
    }

    It 'have the last value of a repeated name' {
        (ConvertTo-Event '{"a":"1","a":"2"}').a | Should -BeExactly '2'
    }

    It 'have plain properties that can be changed in one event and in a copy of it' {
        $first, $second = ConvertTo-Event '{"a":"1","b":"2"}', '{"a":"3","b":"4"}'
        $first.psobject.Properties | ForEach-Object { $_.GetType().FullName | Should -BeExactly System.Management.Automation.PSNoteProperty }
        $copy = $first.psobject.Copy()
        $copy.a = 'copy'
        $second.a = 'second'
        $first.a, $second.a, $copy.a, $first.b, $second.b, $copy.b | Should -BeExactly '1', 'second', 'copy', '2', '4', '2'
    }

    It 'can have any name' {
        $record = ConvertTo-Event '{"":"empty","a b":"space","psobject":"p","Count":"c","\u0061bc":"escaped","x.y":"dot","#t":"tag"}'
        $record._ | Should -Be empty
        $record.'a b' | Should -Be space
        $record.Count | Should -Be c
        $record.abc | Should -Be escaped
        $record.'x.y' | Should -Be dot
        $record.'#t' | Should -Be tag
        $record._psobject | Should -Be p
    }

    It 'have different fields if the server sends different fields' {
        $records = ConvertTo-Event '{"a":"1","b":"2"}', '{"b":"3"}', '{"c":"4","a":"5"}', '{}'
        ($records | ForEach-Object { $_.psobject.Properties.Name -join ',' }) | Should -Be 'a,b', 'b', 'c,a', ''
        ($records | ForEach-Object { $_.psobject.Properties.Value -join ',' }) | Should -Be '1,2', '3', '4,5', ''
    }

    It 'are rows when they have no time' {
        (ConvertTo-Event '{"_count":"3"}').pstypenames[0] | Should -Be LogScalePaging.Row
    }

    It 'have only the requested fields, and prefer the requested spelling' {
        $record = ConvertTo-Event '{"foo":"lower","x":"1","Foo":"upper"}' -Property Foo, missing, X
        $record.psobject.Properties.Name | Should -BeExactly 'Foo', 'missing', 'X'
        $record.Foo | Should -Be upper
        $record.X | Should -Be 1
        $record.missing | Should -Be $null
        (ConvertTo-Event '{"Foo":"upper","foo":"lower"}' -Property Foo).Foo | Should -Be upper
    }

    It 'can have very many different names' {
        $json = foreach ($i in 1..3000) { "{`"f$i`":`"$i`",`"@id`":`"$i`"}" }
        $records = ConvertTo-Event $json
        $records[2999].f3000 | Should -Be 3000
        $records[0].f1 | Should -Be 1
    }
}

Describe 'Records with the types of JSON' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        function ConvertTo-Record([string[]] $Json, [string[]] $Property) {
            ConvertTo-Event $Json -Property $Property -TimeField created_timestamp -TypeName LogScalePaging.Alert
        }
        function Get-Value([string] $Json) { , (ConvertTo-Record "{`"v`":$Json}").v }
    }

    It 'have <type> for <json>' -ForEach @(
        @{ json = '0'; type = 'long'; text = '0' }
        @{ json = '-0'; type = 'long'; text = '0' }
        @{ json = '9007199254740993'; type = 'long'; text = '9007199254740993' }
        @{ json = '9223372036854775807'; type = 'long'; text = '9223372036854775807' }
        @{ json = '-9223372036854775808'; type = 'long'; text = '-9223372036854775808' }
        @{ json = '9223372036854775808'; type = 'bigint'; text = '9223372036854775808' }
        @{ json = '-123456789012345678901234567890'; type = 'bigint'; text = '-123456789012345678901234567890' }
        @{ json = '1.50'; type = 'decimal'; text = '1.50' }
        @{ json = '0.1'; type = 'decimal'; text = '0.1' }
        @{ json = '1.5e3'; type = 'decimal'; text = '1500' }
        @{ json = '1E-28'; type = 'decimal'; text = '0.0000000000000000000000000001' }
        @{ json = '79228162514264337593543950335.0'; type = 'decimal'; text = '79228162514264337593543950335' }
        @{ json = '0.1234567890123456789012345678'; type = 'decimal'; text = '0.1234567890123456789012345678' }
        @{ json = '79228162514264337593543950336.0'; type = 'double'; text = '7.922816251426434E+28' }
        @{ json = '0.12345678901234567890123456789'; type = 'double'; text = '0.12345678901234568' }
        @{ json = '1e-29'; type = 'double'; text = '1E-29' }
        @{ json = '1e300'; type = 'double'; text = '1E+300' }
        @{ json = '0e99999999999999999999'; type = 'double'; text = '0' }
        @{ json = '1e400'; type = 'string'; text = '1e400' }
        @{ json = '-1e-400'; type = 'string'; text = '-1e-400' }
        @{ json = '1e99999999999999999999'; type = 'string'; text = '1e99999999999999999999' }
        @{ json = 'true'; type = 'bool'; text = 'True' }
        @{ json = 'false'; type = 'bool'; text = 'False' }
        @{ json = '"5"'; type = 'string'; text = '5' }
        @{ json = '""'; type = 'string'; text = '' }
        @{ json = '"2026-05-01T00:00:00.123456789Z"'; type = 'string'; text = '2026-05-01T00:00:00.123456789Z' }
    ) {
        $value = Get-Value $json
        $value | Should -BeOfType $type
        if ($type -ne 'decimal' -or $json -notmatch 'e') { [System.Convert]::ToString($value, [cultureinfo]::InvariantCulture) | Should -BeExactly $text }
        else { $value | Should -Be ([decimal]::Parse($text, [cultureinfo]::InvariantCulture)) }
    }

    It 'keep an integer with too many digits as text' {
        $digits = '9' * 1001
        Get-Value $digits | Should -BeExactly $digits
        Get-Value ('9' * 1000) | Should -BeOfType bigint
    }

    It 'have null for null' {
        $record = ConvertTo-Record '{"a":null,"b":[null]}'
        $record.psobject.Properties.Name | Should -Be a, b
        $record.a | Should -Be $null
        $record.b.Count | Should -Be 1
        $record.b[0] | Should -Be $null
    }

    It 'have arrays and objects of any mixture' {
        $record = ConvertTo-Record '{"a":[],"b":[ 1 , "x" , [true,[2.5]] , {"c":{"d":[{"e":1}]}} ],"o":{},"p":{"q":"\u00e9"}}'
        , $record.a | Should -BeOfType object[]
        $record.a.Count | Should -Be 0
        , $record.b | Should -BeOfType object[]
        $record.b[0] | Should -BeOfType long
        $record.b[2][1][0] | Should -BeOfType decimal
        $record.b[3].c.d[0].e | Should -Be 1
        $record.o.pstypenames[0] | Should -Be System.Management.Automation.PSCustomObject
        @($record.o.psobject.Properties).Count | Should -Be 0
        $record.p.q | Should -BeExactly 'é'
        ConvertTo-Json $record -Depth 9 -Compress | Should -BeExactly '{"a":[],"b":[1,"x",[true,[2.5]],{"c":{"d":[{"e":1}]}}],"o":{},"p":{"q":"é"}}'
    }

    It 'have the last value of a repeated name, at every level' {
        $record = ConvertTo-Record '{"a":1,"o":{"a":2,"o":{"a":3,"a":4},"a":5},"a":6}'
        $record.a | Should -Be 6
        $record.o.a | Should -Be 5
        $record.o.o.a | Should -Be 4
    }

    It 'keep all values when names differ only in case, at every level' {
        $record = ConvertTo-Record '{"o":{"Foo":1,"foo":2,"p":{"Foo":3,"FOO":4}},"Foo":5}'
        $record.o.psobject.Properties.Name | Should -BeExactly 'Foo', 'foo_2', 'p'
        $record.o.p.psobject.Properties.Name | Should -BeExactly 'Foo', 'FOO_2'
        $record.o.p.psobject.Properties.Value | Should -Be 3, 4
        $record.Foo | Should -Be 5
    }

    It 'do not share values' {
        $records = ConvertTo-Record '{"o":{"a":1},"l":[{"a":2},{"b":3}]}', '{"o":{"b":4}}'
        $records[0].l[1].psobject.Properties.Name | Should -Be b
        $records[1].o.psobject.Properties.Name | Should -Be b
        $records[0].o.a | Should -Be 1
    }

    It 'have the type of their kind, and are rows when they have no time' {
        (ConvertTo-Record '{"created_timestamp":"2026-05-01T00:00:00Z"}').pstypenames[0, 1] | Should -Be LogScalePaging.Alert, LogScalePaging.Record
        (ConvertTo-Record '{"count":1}').pstypenames[0, 1] | Should -Be LogScalePaging.Row, LogScalePaging.Record
        (ConvertTo-Record '{"o":{"created_timestamp":1}}').pstypenames[0] | Should -Be LogScalePaging.Row
        (ConvertTo-Record '{"count":1}' -Property count).pstypenames[0, 1] | Should -Be Selected.LogScalePaging.Alert, Selected.LogScalePaging.Record
    }

    It 'have only the requested fields, with their types' {
        $record = ConvertTo-Record '{"a":{"x":1},"b":2,"c":3}' -Property b, a
        $record.psobject.Properties.Name | Should -Be b, a
        $record.a.x | Should -BeOfType long
    }

    It 'can be nested 100 levels deep, and give an error beyond that' {
        (ConvertTo-Record ('{"a":' * 100 + '1' + '}' * 100)).a.a | Should -Not -Be $null
        (ConvertTo-Record ('{"a":' + '[' * 99 + ']' * 99 + '}')).a.Count | Should -Be 1
        { ConvertTo-Record ('{"a":' * 101 + '1' + '}' * 101) } | Should -Throw '*nested more than 100 levels deep*'
        { ConvertTo-Record ('{"a":' + '[' * 100 + ']' * 100 + '}') } | Should -Throw '*A value of the alert is nested*'
        { ConvertTo-Record ('{"a":' + '[' * 1000000 + ']' * 1000000 + '}') } | Should -Throw '*nested more than 100 levels deep*'
    }
}
