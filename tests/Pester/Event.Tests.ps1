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

    It 'have null for null, and JSON text for what is nested' {
        $record = ConvertTo-Event '{"a":null,"b":{"c":[1,2]},"d":[],"z":"last"}'
        $record.a | Should -Be $null
        $record.psobject.Properties.Name | Should -Contain a
        $record.b | Should -BeExactly '{"c":[1,2]}'
        $record.d | Should -BeExactly '[]'
        $record.z | Should -Be last
    }

    It 'lose nothing when names differ in case only' {
        $record = ConvertTo-Event '{"Foo":"1","foo":"2","FOO":"3","foo_2":"4","foo":"5"}'
        $record.psobject.Properties.Name | Should -BeExactly 'Foo', 'foo_2', 'FOO_3', 'foo_2_2'
        $record.psobject.Properties.Value | Should -BeExactly '1', '5', '3', '4'
    }

    It 'take the last value of a name that comes twice' {
        (ConvertTo-Event '{"a":"1","a":"2"}').a | Should -BeExactly '2'
    }

    It 'take any name' {
        $record = ConvertTo-Event '{"":"empty","a b":"space","psobject":"p","Count":"c","\u0061bc":"escaped","x.y":"dot","#t":"tag"}'
        $record._ | Should -Be empty
        $record.'a b' | Should -Be space
        $record.Count | Should -Be c
        $record.abc | Should -Be escaped
        $record.'x.y' | Should -Be dot
        $record.'#t' | Should -Be tag
        $record._psobject | Should -Be p
    }

    It 'differ from one another' {
        $records = ConvertTo-Event '{"a":"1","b":"2"}', '{"b":"3"}', '{"c":"4","a":"5"}', '{}'
        ($records | ForEach-Object { $_.psobject.Properties.Name -join ',' }) | Should -Be 'a,b', 'b', 'c,a', ''
        ($records | ForEach-Object { $_.psobject.Properties.Value -join ',' }) | Should -Be '1,2', '3', '4,5', ''
    }

    It 'are rows when they have no time' {
        (ConvertTo-Event '{"_count":"3"}').pstypenames[0] | Should -Be LogScalePaging.Row
    }

    It 'are cut down to the fields asked for, the spelling asked for first' {
        $record = ConvertTo-Event '{"foo":"lower","x":"1","Foo":"upper"}' -Property Foo, missing, X
        $record.psobject.Properties.Name | Should -BeExactly 'Foo', 'missing', 'X'
        $record.Foo | Should -Be upper
        $record.X | Should -Be 1
        $record.missing | Should -Be $null
        (ConvertTo-Event '{"Foo":"upper","foo":"lower"}' -Property Foo).Foo | Should -Be upper
    }

    It 'are of many names' {
        $json = foreach ($i in 1..3000) { "{`"f$i`":`"$i`",`"@id`":`"$i`"}" }
        $records = ConvertTo-Event $json
        $records[2999].f3000 | Should -Be 3000
        $records[0].f1 | Should -Be 1
    }
}
